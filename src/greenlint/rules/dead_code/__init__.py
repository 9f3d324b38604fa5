"""Dead code: what runs, loads or ships for nothing."""
