"""GLA109 through the real linter: built text that a file server would send raw, and everything that makes it silent."""

from __future__ import annotations

import gzip

import pytest

from greenlint.config.schema import Config
from greenlint.linter.runner import CheckOptions, check_paths

SCRIPT = "\n".join(f"export function step{i}(value) {{ return value * {i} + offset; }}" for i in range(400))
NOISE = bytes((i * i * 2654435761 >> 13) % 256 for i in range(40_000))


@pytest.mark.parametrize("name", ["dist/app.js", "static/site.css", "web/public/data.json", "build/index.html", "_site/a.svg"])
def test_raw_text_in_a_served_folder_is_reported_with_the_bytes_that_gzip_saves(project, name):
    project.write(name, SCRIPT)
    (finding,) = project.check().findings
    assert (finding.code, finding.path) == ("GLA109", name)
    saved = len(SCRIPT) - len(gzip.compress(SCRIPT.encode(), 9, mtime=0))
    assert finding.effect.bytes_saved == saved
    assert finding.fix is None
    assert 60 <= finding.confidence < 80


@pytest.mark.parametrize(
    ("why", "files"),
    [
        ("the folder is not served", {"src/app.js": SCRIPT}),
        ("too small", {"dist/app.js": SCRIPT[:3000]}),
        ("does not compress", {"dist/app.wasm": NOISE}),
        ("a gzip copy lies beside it", {"dist/app.js": SCRIPT, "dist/app.js.gz": "x"}),
        ("a Brotli copy lies beside it", {"dist/app.js": SCRIPT, "dist/app.js.br": "x"}),
        ("a Zstandard copy lies beside it", {"dist/app.js": SCRIPT, "dist/app.js.zst": "x"}),
        ("a source map", {"dist/app.js.map": SCRIPT}),
        ("data of a package", {"pkg/__init__.py": "", "pkg/static/app.js": SCRIPT}),
        ("an input of a test", {"tests/static/app.js": SCRIPT}),
        ("WhiteNoise is required", {"dist/app.js": SCRIPT, "requirements.txt": "django\nwhitenoise[brotli]\n"}),
        ("a Django middleware", {"dist/app.js": SCRIPT, "site/conf/settings.py": "M = ['django...GZipMiddleware']"}),
        ("an ASGI middleware", {"dist/app.js": SCRIPT, "api/main.py": "app.add_middleware(GZipMiddleware)\n"}),
        ("nginx compresses", {"dist/app.js": SCRIPT, "deploy/nginx.conf": "http {\n  gzip on;\n}\n"}),
        ("nginx sends compressed copies", {"dist/app.js": SCRIPT, "deploy/nginx.conf": "http {\n  gzip_static on;\n}\n"}),
        ("Caddy compresses", {"dist/app.js": SCRIPT, "Caddyfile": "example.org {\n  encode zstd gzip\n}\n"}),
        ("Express compresses", {"dist/app.js": SCRIPT, "package.json": '{"dependencies": {"compression": "1"}}'}),
        ("the build compresses", {"dist/app.js": SCRIPT, "vite.config.ts": "import c from 'vite-plugin-compression'"}),
        ("the host compresses", {"dist/app.js": SCRIPT, "netlify.toml": ""}),
    ],
)
def test_nothing_is_said_when(project, why, files):
    for name, data in files.items():
        project.write(name, data)
    assert project.codes() == [], why


def test_a_server_configuration_without_compression_does_not_silence(project):
    project.write("dist/app.js", SCRIPT)
    project.write("deploy/nginx.conf", "http {\n  # gzip on;\n  gzip off;\n}\n")
    assert project.codes() == [("dist/app.js", "GLA109")]


@pytest.mark.parametrize(
    "line",
    [
        *("whitenoise", "GZipMiddleware", "gzip_middleware", "BrotliMiddleware", "Flask-Compress", "CompressMiddleware"),
        *("brotli-asgi", "compress-middleware", "django-compressor", "ServeStatic", "  gzip  on;", "brotli_static on;"),
        *("encode  br", "encode zstd", "LoadModule mod_deflate", "<urlCompression />", '"@fastify/compress": "1"'),
        *("traefik.http.middlewares.site.compress: true", "compression-webpack-plugin", "rollup-plugin-gzip", "gulp-gzip"),
    ],
)
def test_every_way_to_say_that_answers_are_compressed_is_understood(project, line):
    project.write("dist/app.js", SCRIPT)
    project.write("deploy/site.conf", f"# settings\n{line}\n")
    assert project.codes() == []


def test_a_copy_that_comes_or_goes_is_seen_by_a_run_with_a_cache(project):
    project.write("dist/app.js", SCRIPT)
    project.write("dist/padding.css", "a { b: c }\n" * 40_000)  # a cache is worth it above 300 kB
    copies = [project.root / "dist" / f"{name}.gz" for name in ("app.js", "padding.css")]
    for _ in range(2):
        assert [path for path, _ in cached(project.root)] == ["dist/app.js", "dist/padding.css"]
        for copy in copies:
            copy.write_bytes(b"x")
        assert cached(project.root) == []
        for copy in copies:
            copy.unlink()


def cached(folder):
    """Paths and codes of a run that keeps a cache in the folder."""
    found = check_paths([str(folder)], Config(root=str(folder)), CheckOptions(jobs=1)).findings
    return [(finding.path, finding.code) for finding in found]
