"""GL316, after: the same rows, element by element."""

import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xml"
        with path.open("w") as file:
            file.write("<rows>")
            file.writelines(f'<row n="{i}"><name>a name</name></row>\n' for i in range(size))
            file.write("</rows>")
        total = 0
        for _, row in ElementTree.iterparse(path):
            if row.tag == "row":
                total += int(row.get("n"))
                row.clear()
        print(total)


main(int(sys.argv[1]))
