"""This machine's choices survive a restart, an older version and a broken file."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from anjian_desktop.settings import Settings, load_settings, save_settings


def test_choices_are_found_again(tmp_path: Path) -> None:
    file = tmp_path / "sub" / "settings.json"
    chosen = Settings(
        printer="一楼打印机", duplex=False, font_size=10.5, window={"width": 1200}, tables={"enterprise": ["name"]}
    )
    save_settings(chosen, file)
    assert load_settings(file) == chosen
    assert [one.name for one in file.parent.iterdir()] == ["settings.json"]


def test_without_a_file_everything_has_its_default(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "settings.json") == Settings()


def test_missing_unknown_and_wrongly_typed_choices_get_their_default(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text(
        json.dumps({"printer": "甲", "duplex": "yes", "font_size": 11, "of_a_later_version": 1}), encoding="utf-8"
    )
    assert load_settings(file) == Settings(printer="甲", font_size=11.0)


def test_an_unreadable_file_is_set_aside_and_not_fatal(tmp_path: Path) -> None:
    for content in (b"{", b"[]", b"\xff\xfe", b""):
        file = tmp_path / "settings.json"
        file.write_bytes(content)
        assert load_settings(file) == Settings()
        assert file.with_name("settings.json.broken").read_bytes() == content
        assert not file.exists()


@given(
    content=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    )
)
def test_whatever_stands_in_the_file_loading_never_fails(tmp_path_factory, content) -> None:
    file = tmp_path_factory.mktemp("any") / "settings.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    assert isinstance(load_settings(file), Settings)
