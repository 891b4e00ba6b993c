dispatchEvent(new CustomEvent('release-ran', { detail: 'two' }));
