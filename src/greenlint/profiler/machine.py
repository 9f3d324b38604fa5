"""Describe the machine of a run: the class that its values may be compared within, and whether it is virtual."""

from __future__ import annotations

import os
import sys

from greenlint.model.run import Machine
from greenlint.profiler.cpu import CpuIdentity, read_cpu

_VENDORS = {"GenuineIntel": "intel", "AuthenticAMD": "amd", "HygonGenuine": "hygon", "0x41": "arm", "0xc0": "ampere"}
_HYPERVISOR_OF_CLOCK = {"kvm-clock": "kvm", "xen": "xen", "hyperv_clocksource": "hyperv"}
_HYPERVISOR_OF_PRODUCT = {
    "KVM": "kvm",
    "QEMU": "kvm",
    "VMware": "vmware",
    "VirtualBox": "virtualbox",
    "Virtual Machine": "hyperv",
    "Google Compute Engine": "kvm",
    "Amazon EC2": "kvm",
    "OpenStack": "kvm",
}
_FOLDERS = {
    "data": ("APPDATA", "Roaming", "Application Support", "XDG_DATA_HOME", ".local/share"),
    "cache": ("LOCALAPPDATA", "Local", "Caches", "XDG_CACHE_HOME", ".cache"),
}
_CLOCK_SOURCES = "/sys/devices/system/clocksource/clocksource0/available_clocksource"
_PRODUCT = "/sys/class/dmi/id/product_name"


def describe_machine(cpu: CpuIdentity | None = None) -> Machine:
    """The machine as runs store it. No host name, no serial number; unknown facts are empty or 0."""
    cpu = cpu or read_cpu()
    hypervisor = find_hypervisor(cpu)
    return Machine(
        machine_class=machine_class(cpu, hypervisor),
        cpu_model=cpu.name or cpu.architecture,
        logical_cpus=cpu.logical_cpus,
        ram_bytes=_ram_bytes(),
        virtualised=bool(hypervisor),
        os=sys.platform,
        kernel=os.uname().release if hasattr(os, "uname") else _windows_release(),
    )


def machine_class(cpu: CpuIdentity, hypervisor: str) -> str:
    """A readable name such as "intel-6-207-2vcpu-kvm"; values of different classes are never compared."""
    vendor = _VENDORS.get(cpu.vendor, cpu.vendor.lower() or ("apple" if sys.platform == "darwin" else "unknown"))
    kind = f"{cpu.family}-{cpu.model}" if cpu.family >= 0 else cpu.architecture
    cpus = f"{cpu.logical_cpus}vcpu-{hypervisor}" if hypervisor else f"{cpu.logical_cpus}cpu"
    name = f"{vendor}-{kind}-{cpus}"
    return name if sys.platform == "linux" else f"{name}-{sys.platform}"


def find_hypervisor(cpu: CpuIdentity) -> str:
    """ "kvm", "xen", "hyperv", "vmware", … ; "vm" when only the CPU flag says so; "" on bare metal.

    The product name counts before the clock sources because KVM guests of a cloud may offer several. These count alone only
    where the flags are not known (no /proc).
    """
    product = _first_line(_PRODUCT)
    by_product = next((kind for word, kind in _HYPERVISOR_OF_PRODUCT.items() if word in product), "")
    if cpu.flags and "hypervisor" not in cpu.flags:
        return by_product
    clocks = _first_line(_CLOCK_SOURCES).split()
    by_clock = next((_HYPERVISOR_OF_CLOCK[name] for name in clocks if name in _HYPERVISOR_OF_CLOCK), "")
    return by_product or by_clock or ("vm" if cpu.flags else "")


def _first_line(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.readline().strip()
    except OSError:
        return ""


def _ram_bytes() -> int:
    try:
        return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, ValueError, OSError):
        try:
            import psutil

            return int(psutil.virtual_memory().total)
        except (ImportError, OSError, RuntimeError):
            return 0


def _windows_release() -> str:
    import platform

    return platform.version()


def user_file(kind: str, name: str) -> str:
    """Where greenlint keeps a file of this user, by the conventions of the platform; it need not exist.

    kind  "data", or "cache" for what may be lost at any time
    "" where the user has no home directory: a relative path would litter the working directory.
    """
    windows, roaming, library, variable, hidden = _FOLDERS[kind]
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get(windows) or os.path.join(home, "AppData", roaming)
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", library)
    else:
        named = os.environ.get(variable, "")  # the XDG Base Directory Specification has relative ones ignored
        base = named if os.path.isabs(named) else os.path.join(home, hidden)
    return os.path.join(base, "greenlint", name) if os.path.isabs(base) else ""


def calibration_path() -> str:
    """Where calibrations of this user are kept; there need not be any. "" without a home directory."""
    return user_file("data", "calibration.json")
