"""Writes down every connection that a process of the service makes, for the tests of privacy."""

import os
import socket
import sys


def _note(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or not isinstance(arguments[0], socket.socket):
        return
    if arguments[0].family != socket.AF_UNIX:
        with open(os.environ["NOTED_CONNECTIONS"], "a", encoding="utf-8") as file:
            file.write(f"{arguments[1]}\n")


if "NOTED_CONNECTIONS" in os.environ:
    sys.addaudithook(_note)
