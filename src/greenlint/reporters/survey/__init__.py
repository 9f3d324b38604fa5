"""The ledger as a report sees it: windows gathered by test, language and commit, never across what cannot be compared."""
