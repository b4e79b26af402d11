function grade(points, bonus = 0) {
  const total = points + bonus;
  if (total >= 90) return 'A';
  if (total >= 50) {
    return total >= 70 ? 'B' : 'C';
  }
  const low = total > 10 && total < 20;
  return low ? 'E' : 'F';
}

function unused(x) {
  while (x > 0) x -= 1;
  return x;
}

export { grade, unused };
