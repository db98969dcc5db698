"""Controls: native elements of HTML, so that keyboards, screen readers and phones know them."""
