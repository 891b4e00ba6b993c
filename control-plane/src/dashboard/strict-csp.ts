/** Imported first: zod otherwise tries `new Function` when a schema is made, which our own content policy reports as a violation. */
import * as z from 'zod/mini';

z.config({ jitless: true });
