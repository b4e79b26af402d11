package missing

import (
	"testing"

	"example.com/nowhere"
)

func TestF(t *testing.T) { nowhere.F() }
