"""unittest: tests are found and run by their names."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("""setUp tearDown setUpClass tearDownClass setUpModule tearDownModule asyncSetUp asyncTearDown
        addCleanup load_tests runTest"""),
    methods=words("shortDescription countTestCases defaultTestResult id assertEqual fail"),
    live_bases=words("TestCase IsolatedAsyncioTestCase"),
    plain_decorators=words("skip skipIf skipUnless expectedFailure"),
)
