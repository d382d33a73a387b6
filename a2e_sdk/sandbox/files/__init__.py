"""Files of the sandbox: results, uploads, signed links, and how a CDN serves them."""
