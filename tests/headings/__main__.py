"""How many invented rosters are read with the right heading row, columns and rows: python -m tests.headings [COUNT]."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]


def main(count: int) -> None:
    from headings.corpus import roster_file
    from headings.found import found_files
    from headings.judging import wrongs_of

    found = list(found_files())
    misread = [told for one in found if (told := wrongs_of(one))]
    for told in misread:
        print(told)
    right = len(found) - len(misread)
    print(f"headed as elsewhere: {right} of {len(found)} right, {100 * right / len(found):.1f} %")
    wrong = {seed: told for seed in range(count) if (told := wrongs_of(roster_file(Random(seed))))}
    for seed, told in list(wrong.items())[:20]:
        print(f"{seed}: {told}")
    print(f"invented: {count - len(wrong)} of {count} right, {100 * (count - len(wrong)) / count:.1f} %")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
