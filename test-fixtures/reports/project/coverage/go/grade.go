package marks

// Grade gives a mark for points.
func Grade(points int) string {
	if points >= 90 {
		return "A"
	}
	if points >= 50 {
		return "B"
	}
	return "F"
}

func unused(x int) int {
	for x > 0 {
		x--
	}
	return x
}
