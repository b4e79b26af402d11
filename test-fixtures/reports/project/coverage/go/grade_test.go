package marks

import (
	"testing"

	"example.com/marks/inner"
)

func TestGrade(t *testing.T) {
	if Grade(95) != "A" || Grade(5) != "F" || inner.Half(4) != 2 {
		t.Fatal("wrong")
	}
}
