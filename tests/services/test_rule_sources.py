"""Every number the rules use is told with its source, and what was not verified says so."""

from __future__ import annotations

from anjian_desktop.domain.certificate_kinds import KINDS
from anjian_desktop.services.office import Office
from anjian_desktop.services.office_profile import set_profile
from anjian_desktop.services.rule_sources import rule_sources


def test_the_province_and_the_offices_settings_are_in_force(office: Office) -> None:
    national = {one.subject: one for one in rule_sources(office)}
    assert national["离岗多久要重新培训（全国）"].value == "12 个月"
    assert national["三级教育合格分数"].value == "80 分" and national["三级教育合格分数"].verify
    set_profile(office, {"province": "山东", "pass_mark": "60"})
    local = {one.subject: one for one in rule_sources(office)}
    assert (local["离岗多久要重新培训（山东）"].value, local["离岗多久要重新培训（山东）"].verify) == ("6 个月", True)
    assert local["三级教育合格分数"].value == "60 分"


def test_every_certificate_kind_says_its_source_and_whether_it_is_verified(office: Office) -> None:
    told = {one.subject: one for one in rule_sources(office)}
    for kind in KINDS:
        assert (told[f"{kind.label}的有效期"].source, told[f"{kind.label}的有效期"].verify) == (
            kind.source,
            kind.verify,
        )
    assert all(one.source for one in told.values())
