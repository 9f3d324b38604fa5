"""GL309: YAML parsed in Python. The size is the number of records, about 90 bytes each."""

import sys

import yaml


def main(size: int) -> None:
    record = "- name: item-{0}\n  size: {0}\n  tags: [green, blue]\n  place: {{x: 1.5, y: {0}}}\n  note: 'a: b'\n"
    text = "".join(record.format(number) for number in range(size))
    rows = yaml.safe_load(text)
    print(len(rows), sum(row["size"] for row in rows), rows[-1]["place"]["y"])


main(int(sys.argv[1]))
