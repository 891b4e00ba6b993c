dispatchEvent(new CustomEvent('release-ran', { detail: 'built-in' }));
