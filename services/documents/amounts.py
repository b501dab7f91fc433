"""Sums of money as papers show them: in figures, and in words as banks and finance offices require."""

from __future__ import annotations

DIGITS = "零壹贰叁肆伍陆柒捌玖"
UNITS = ((10**8, "亿"), (10**4, "万"), (10**3, "仟"), (10**2, "佰"), (10, "拾"))
LIMIT = 10**18


def figures(fen: int) -> str:
    """Yuan with thousands separators and two decimals: 123456 → "1,234.56"."""
    yuan, rest = divmod(abs(fen), 100)
    return f"{'-' if fen < 0 else ''}{yuan:,}.{rest:02d}"


def in_words(fen: int) -> str:
    """人民币大写 after 《支付结算办法》 appendix 1: 140950 → "人民币壹仟肆佰零玖元伍角整".

    Refuses negative sums (they are printed as 负 or in red, never in words) and sums of 10^16 yuan and more.
    """
    if not 0 <= fen < LIMIT:
        raise ValueError(f"no words for {fen} fen")
    yuan, rest = divmod(fen, 100)
    jiao, cents = divmod(rest, 10)
    words = _integer(yuan) + "元" if yuan or not rest else ""
    # Optional between 元 and 角 when the 元 place is 0 (rule 5), required before 分 alone (rule 6).
    if yuan and rest and (not jiao or yuan % 10 == 0):
        words += "零"
    if jiao:
        words += DIGITS[jiao] + "角"
    return "人民币" + words + (DIGITS[cents] + "分" if cents else "整")


def _integer(n: int) -> str:
    for size, unit in UNITS:
        if n >= size:
            high, low = divmod(n, size)
            gap = "零" if 0 < low < size // 10 else ""
            return _integer(high) + unit + (gap + _integer(low) if low else "")
    return DIGITS[n]
