it('never', () => {
  const = 1;
});
