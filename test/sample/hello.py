def greet(name: str) -> str:
    """Say hello in one line."""
    return f"Hello, {name}!"


if __name__ == "__main__":
    print(greet("Qwen"))
