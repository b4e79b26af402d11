package broken

// F has the wrong type.
func F() int { return "x" }
