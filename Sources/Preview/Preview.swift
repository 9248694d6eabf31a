/// Preview
