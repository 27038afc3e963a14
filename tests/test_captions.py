"""Captions are numbered as Word numbers them: those that print, one series for each name."""

from __future__ import annotations

from generator.captions import numbered


def caption(name: str, stands: str, switches: str = "\\* ARABIC") -> str:
    """A caption's number as Word writes the field, with the number that stands in the template."""
    return (
        '<w:p><w:r><w:t>表</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> SEQ {name} {switches} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r><w:rPr><w:b/></w:rPr><w:t>{stands}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def test_what_was_left_out_or_repeated_leaves_no_gap() -> None:
    printed = caption("表", "1") + caption("表", "4") + caption("表", "4")
    assert numbered(printed) == caption("表", "1") + caption("表", "2") + caption("表", "3")


def test_each_name_counts_for_itself() -> None:
    printed = caption("表", "7") + caption("图", "7") + caption("表", "7")
    assert numbered(printed) == caption("表", "1") + caption("图", "1") + caption("表", "2")


def test_a_field_that_does_more_than_count_is_left_alone() -> None:
    repeated = caption("表", "5", "\\c")
    assert numbered(repeated) == repeated


def test_text_that_only_mentions_it_is_left_alone() -> None:
    words = "<w:p><w:r><w:t>SEQ 表</w:t></w:r><w:r><w:t>9</w:t></w:r></w:p>"
    assert numbered(words) == words
