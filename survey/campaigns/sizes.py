"""How large the boxes of a wave are: all the same, so that a length tells nothing."""

KIBIBYTE = 1024
CUT_STEP = 64
RETURN_BYTES = 67  # the digest of a return key, its quotes and a comma
FRAME_BYTES = 64 + RETURN_BYTES  # and the group, the braces, and the padding's own mark


def box_size(*, longest: int) -> int:
    """Return the size of every box, in bytes, when the longest answers take so many bytes."""
    return -(-(longest + FRAME_BYTES) // KIBIBYTE) * KIBIBYTE


def cut_box_size(*, longest: int) -> int:
    """Return the size of every box of cut values, in bytes, when the longest take so many."""
    return -(-(longest + 1) // CUT_STEP) * CUT_STEP
