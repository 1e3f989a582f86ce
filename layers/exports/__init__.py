"""Whole layers and cuts of them as files: read once, written in constant memory."""
