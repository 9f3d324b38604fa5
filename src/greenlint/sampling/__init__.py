"""What every engine that measures commits shares: worktrees, fresh processes, and which changes can matter."""
