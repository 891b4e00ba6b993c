dispatchEvent(new CustomEvent('release-ran', { detail: 'one' }));
