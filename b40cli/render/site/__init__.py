"""The public site: pages without JavaScript, made of the public document; no clock, no request."""
