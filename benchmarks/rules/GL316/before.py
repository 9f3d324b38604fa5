"""GL316: an XML file of rows, read into a DOM; the size is the number of rows."""

import sys
import tempfile
from pathlib import Path
from xml.dom import minidom


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.xml"
        with path.open("w") as file:
            file.write("<rows>")
            file.writelines(f'<row n="{i}"><name>a name</name></row>\n' for i in range(size))
            file.write("</rows>")
        total = 0
        for row in minidom.parse(str(path)).getElementsByTagName("row"):
            total += int(row.getAttribute("n"))
        print(total)


main(int(sys.argv[1]))
