"""What is assumed: parameters declared once, the law of the day, scenarios that change them."""
