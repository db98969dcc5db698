"""`hfabm parameters`: every number of the model, and how many of them rest on evidence."""

from __future__ import annotations

from collections.abc import Sequence


def parameters(json: bool, markdown: bool, section: str | None) -> int:
    """Print every parameter.

    Args:
        json: As JSON, for programs.
        markdown: As a Markdown table.
        section: Only of this section.

    Returns:
        The exit code.
    """
    import json as json_module
    import sys

    from hfabm.parameters import report
    from hfabm.parameters.faults import suggestion
    from hfabm.schedule import SECTIONS

    sections = dict(SECTIONS)
    if section is not None:
        if section not in sections:
            hint = suggestion(section, list(sections), "sections")
            print(f"--section {section}: error: unknown section. {hint}", file=sys.stderr)
            return 2
        sections = {section: sections[section]}
    share, behaviour = report.share_assumed(sections), report.share_of_behaviour(sections)
    if json:
        rows = report.rows(sections)
        document = {"version": 1, "parameters": rows, "assumed": share, "behaviour": behaviour}
        print(json_module.dumps(document, indent=2, ensure_ascii=False))
    elif markdown:
        print(report.as_markdown(sections), end="")
    else:
        print(columns(report.COLUMNS, report.table(sections)))
        print(f"\n{report.in_words(share)}\n{report.behaviour_in_words(behaviour)}")
    return 0


def columns(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Rows under a heading, each column as wide as its widest cell but the last, which may run on."""
    widths = [max(len(line[i]) for line in (head, *rows)) for i in range(len(head) - 1)]
    lines = (head, tuple("-" * width for width in (*widths, len(head[-1]))), *rows)
    return "\n".join("  ".join([*map(str.ljust, line, widths), line[-1]]).rstrip() for line in lines)
