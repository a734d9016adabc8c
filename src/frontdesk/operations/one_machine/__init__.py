"""The whole program on one machine under one process: `frontdesk demo` and `frontdesk up`."""
