"""What a row of targets lets one say of itself: the names of the columns that follow from what was reached.

Takes the names of the two columns; gives those of the derived ones. Knows nothing of trees, so that reading facts stays light.
"""


def met_column(column: str, target: str) -> str:
    """Whether a row meets its target."""
    return f"{column}达到{target}"


def reached_column(column: str, target: str) -> str:
    """How much of its target a row reaches."""
    return f"{column}占{target}的比例"
