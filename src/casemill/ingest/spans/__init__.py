"""What traces are made of: spans in the forms of OpenTelemetry, OpenInference and Langfuse, read as model calls."""
