"""The user's own meters: one file per kind (file, http_json, redfish, prometheus), and what they share."""
