async queries => {
  const index = await gongkai.openIndex();
  const answers = [];
  for (const query of queries) {
    const {hits} = await index.search(gongkai.termsOf(query, index.normalise));
    answers.push(hits.map(({report}) =>
      `${index.reports[report].slug}/${index.reports[report].year}`));
  }
  return answers;
}
