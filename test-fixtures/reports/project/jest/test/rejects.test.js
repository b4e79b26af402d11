test('leaves a rejection', () => {
  void Promise.reject(new Error('nobody caught this'));
});
