package inner

// Half divides by two.
func Half(x int) int {
	if x < 0 {
		return -Half(-x)
	}
	return x / 2
}
