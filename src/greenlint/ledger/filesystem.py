"""Whether a folder lies on a file system on which SQLite's write-ahead log must not be used.

The log needs memory that all its users share, and locks that hold: across a network, and through most shares between a
virtual machine and its host, there is neither ("Write-Ahead Logging", section 1, sqlite.org/wal.html).
"""

from __future__ import annotations

import os
import sys

NETWORK = frozenset(
    (
        *("nfs", "nfs4", "cifs", "smbfs", "smb2", "smb3", "ncpfs", "afs", "coda", "9p", "ceph", "lustre", "gpfs", "beegfs"),
        *("pvfs2", "orangefs", "glusterfs", "ocfs2", "gfs2", "acfs", "virtiofs", "vboxsf", "prl_fs", "fakeowner", "webdav"),
        *("afpfs", "acfs"),
    )
)
"""Names as the kernel gives them; the last ones are shares of virtual machines and of macOS."""

NETWORK_FUSE = frozenset(
    (
        *("sshfs", "s3fs", "rclone", "gcsfuse", "glusterfs", "ceph", "ceph-fuse", "davfs", "davfs2", "curlftpfs", "juicefs"),
        *("grpcfuse", "osxfs", "vmhgfs-fuse", "smbnetfs", "blobfuse", "blobfuse2", "goofys", "mount-s3", "seaweedfs", "dbfs"),
        *("cvmfs2", "moosefs", "mfs", "lizardfs", "hdfs", "fuse-nfs"),
    )
)
"""The X of "fuse.X". Other FUSE file systems are taken for local ones."""

_ESCAPES = {"\\040": " ", "\\011": "\t", "\\012": "\n", "\\134": "\\"}


def network_file_system(folder: str) -> str:
    """The kind of network file system that `folder` (which exists) lies on, "" on a local one and where nobody tells.

    `GREENLINT_MOUNTINFO` names another file than /proc/self/mountinfo, for containers that hide it and for tests.
    """
    listed = os.environ.get("GREENLINT_MOUNTINFO")
    if listed or sys.platform.startswith("linux"):
        kind = _listed(os.path.realpath(folder), listed or "/proc/self/mountinfo")
    elif sys.platform == "win32":
        kind = _of_windows(os.path.realpath(folder))
    elif sys.platform == "darwin":
        kind = _of_macos(folder)
    else:
        kind = ""
    return kind if is_network(kind) else ""


def is_network(kind: str) -> bool:
    """Whether the name of a file system is that of one across a network or a machine's border."""
    return kind in NETWORK or (kind.startswith("fuse.") and kind[5:] in NETWORK_FUSE)


def _listed(folder: str, mounts: str) -> str:
    """The type of the mount with the longest point above `folder`; of several on one point the last, which covers the rest."""
    best, kind = -1, ""
    try:
        with open(mounts, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            for line in file:
                before, _, after = line.rstrip("\n").partition(" - ")
                fields = before.split(" ")
                if len(fields) < 5 or not after:
                    continue
                point = _unescape(fields[4])
                if len(point) >= best and (folder == point or folder.startswith(point.rstrip("/") + "/")):
                    best, kind = len(point), after.split(" ", 1)[0]
    except OSError:
        return ""
    return kind


def _unescape(text: str) -> str:
    """Mount points write blanks and backslashes as octal numbers (proc(5))."""
    if "\\" in text:
        for escape, character in _ESCAPES.items():
            text = text.replace(escape, character)
    return text


def _of_windows(folder: str) -> str:
    """ "cifs" for a drive that the system calls remote (GetDriveTypeW: DRIVE_REMOTE = 4), and for \\\\server\\share."""
    import ctypes

    drive = os.path.splitdrive(folder)[0]
    if drive.startswith("\\\\"):
        return "cifs"
    library = getattr(ctypes, "windll", None)
    return "cifs" if library is not None and library.kernel32.GetDriveTypeW(drive + "\\") == 4 else ""


def _of_macos(folder: str) -> str:
    """The type name that statfs(2) gives, or "nfs" for any other mount that it does not call local (MNT_LOCAL)."""
    import ctypes

    buffer = ctypes.create_string_buffer(4096)
    if ctypes.CDLL(None).statfs(os.fsencode(folder), buffer) != 0:
        return ""
    return statfs_of_macos(buffer.raw)


def statfs_of_macos(raw: bytes) -> str:
    """Read `struct statfs` with 64-bit inodes (sys/mount.h): f_flags at byte 64, f_fstypename in 16 bytes from 72."""
    kind = raw[72:88].split(b"\0", 1)[0].decode("ascii", "replace")
    local = int.from_bytes(raw[64:68], "little") & 0x1000
    return kind if local or is_network(kind) else "nfs"
