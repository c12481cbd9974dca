"""What a result was made of: the fingerprints of the rubric and of the facts, the engine, the version of the language.

Takes a program and the digest of the facts; gives one quiet line of text. The whole digests stand in the JSON forms.
Never computes a digest.
"""

from rubric.core.program import Program
from rubric.version import ENGINE

# Eight hexadecimal digits tell the editions and files of one office apart; who must be sure compares the whole in JSON.
SHORT = 8


def identity_line(program: Program, facts_sha256: str = "") -> str:
    """`校验码：含义 3f2a91c0，原文 77aa0b12，数据 0c9d14e7；rubric-lang 0.1.0，语言第 1 版`. What has no digest is left out."""
    digests = (("含义", program.meaning_sha256), ("原文", program.source_sha256), ("数据", facts_sha256))
    told = "，".join(f"{name} {digest[:SHORT]}" for name, digest in digests if digest)
    engine = f"{ENGINE}，语言第 {program.language_version} 版"
    return f"校验码：{told}；{engine}" if told else engine
