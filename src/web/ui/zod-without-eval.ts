// zod makes its checks faster by `new Function` where it may. Our pages forbid that, and each try would stand in the
// browser's console as a violation. Said before zod is loaded, and without loading it.
(globalThis as { __zod_globalConfig?: object }).__zod_globalConfig = { jitless: true };
