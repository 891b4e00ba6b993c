throw new Error('a release that fails while it runs');
