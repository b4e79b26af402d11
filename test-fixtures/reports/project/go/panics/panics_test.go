package panics

import (
	"testing"

	"example.com/calc"
)

func TestPasses(t *testing.T) {}

func TestPanics(t *testing.T) {
	t.Run("inside", func(t *testing.T) { calc.Div(1, 0) })
}

func TestNever(t *testing.T) {}
