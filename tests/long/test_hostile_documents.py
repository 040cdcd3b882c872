"""2,000 hostile and damaged Word files through the child that opens them: each is told in words, none stops the program."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from pathlib import Path

from faithfulness.corpus import documents
from support.calls import CommandLine
from support.hostile_documents import CRAFTED, damaged, mutated

from anjian_desktop.documents.document_reader import DocumentReader
from anjian_desktop.errors import UserError
from tests.support.merge_files import three_dialects

COUNT = 2000


def test_two_thousand_files_leave_the_program_well(tmp_path: Path) -> None:
    chance = random.Random(4)
    dialects, sound = list(three_dialects().values()), [data for _, data in documents()]
    reader = DocumentReader()
    became: Counter[str] = Counter()
    slowest = 0.0
    try:
        before = [reader.examine(data, name="好.docx") for data in dialects]
        for number in range(COUNT):
            if number < len(CRAFTED):
                data = list(CRAFTED.values())[number]()
            elif number % 2:
                data = damaged(chance.choice(dialects), chance, number)
            else:
                data = mutated(chance.choice(sound), chance)
            started = time.monotonic()
            try:
                if number % 3:
                    reader.examine(data, name="甲.docx")
                else:
                    reader.convert(data, name="甲.docx", title="甲", write=lambda _: None)
                became["laid out"] += 1
            except UserError as refusal:
                assert re.search(r"[\u4e00-\u9fff]{3}", refusal.message) and refusal.next_step, refusal
                became[refusal.code] += 1
            slowest = max(slowest, time.monotonic() - started)
        assert [reader.examine(data, name="好.docx") for data in dialects] == before
    finally:
        reader.close()
    print(dict(became), f"{slowest:.1f} s")
    assert became["laid out"] > COUNT // 5 and became["unusable_document"] > COUNT // 8
    assert not became["document_died"] and not became["document_timeout"]


def test_the_command_line_refuses_them_in_words(bare: CommandLine, tmp_path: Path) -> None:
    for number, make in enumerate(CRAFTED.values()):
        file = tmp_path / f"{number}.docx"
        file.write_bytes(make())
        for call in (("convert", file, tmp_path / f"{number}.pdf"), ("template", "check", file)):
            done = bare("--json", *call)
            assert done.code in (0, 1, 2) and (done.code != 2 or done.json["error"]["next"]), (number, done.out)
