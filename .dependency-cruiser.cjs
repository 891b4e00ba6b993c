/** Who may import whom. Each rule is tried with a planted violation in `tests/boundaries`. */
const room = (top) => `^${top}/src/(?!contracts/|protected-core/|platform/|domain/)([^/]+)/`;
const never = (name, from, to) => ({ name, severity: 'error', from, to });
const inside = (own, all) => ({ path: all, pathNot: own });
module.exports = {
  forbidden: [
    never('no-cycles', {}, { circular: true }),
    never(
      'contracts-are-a-leaf',
      { path: '^sdk/src/contracts/' },
      inside('^sdk/src/contracts/', '^(sdk|control-plane)/'),
    ),
    never(
      'core-knows-only-contracts',
      { path: '^sdk/src/protected-core/' },
      inside('^sdk/src/(contracts|protected-core)/', '^(sdk|control-plane)/'),
    ),
    never(
      'core-has-no-packages',
      { path: '^sdk/src/protected-core/' },
      { dependencyTypesNot: ['local', 'type-only'], pathNot: '^sdk/src/' },
    ),
    never(
      'sdk-rooms-are-strangers',
      { path: room('sdk'), pathNot: '^sdk/src/(element/|.*\\.worker\\.ts$)' },
      inside('^sdk/src/(contracts|protected-core|$1)/', '^sdk/'),
    ),
    never('loader-stands-alone', { path: '^sdk/src/loader/' }, inside('^sdk/src/(contracts|loader)/', '^sdk/')),
    never(
      'sdk-platform-serves-core',
      { path: '^sdk/src/platform/' },
      inside('^sdk/src/(platform|protected-core)/', '^sdk/'),
    ),
    never(
      'only-assembly-takes-platform',
      { path: '^sdk/src/', pathNot: '^sdk/src/(platform/|element/assemble\\.ts|.*\\.worker\\.ts$)' },
      { path: '^sdk/src/platform/' },
    ),
    never(
      'features-see-their-contract',
      { path: '^sdk/src/features/([^/]+)/' },
      inside('^sdk/src/(contracts/features\\.ts|features/$1/)', '^sdk/'),
    ),
    never('sdk-never-sees-plane', { path: '^sdk/' }, { path: '^control-plane/' }),
    never('plane-sees-only-contracts', { path: '^control-plane/' }, inside('^sdk/src/contracts/', '^sdk/')),
    never(
      'plane-rooms-are-strangers',
      { path: room('control-plane') },
      inside('^control-plane/src/(platform|domain|$1)/', '^control-plane/src/'),
    ),
    never(
      'platform-has-no-domain',
      { path: '^control-plane/src/platform/' },
      inside('^control-plane/src/platform/', '^control-plane/src/'),
    ),
    never(
      'domain-is-types',
      { path: '^control-plane/src/domain/' },
      inside('^control-plane/src/(platform|domain)/', '^control-plane/src/'),
    ),
    never(
      'dashboard-is-a-client',
      { path: '^control-plane/src/dashboard/' },
      inside('^control-plane/src/dashboard/', '^control-plane/src/'),
    ),
    never('routes-never-touch-stores', { path: '-(routes|stream)\\.ts$' }, { path: '-store\\.ts$' }),
    never(
      'services-never-touch-http',
      { path: '-(service|rules|store)\\.ts$' },
      { path: 'node_modules/(express|ws)/' },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { conditionNames: ['source', 'import', 'node', 'default'], exportsFields: ['exports'] },
    doNotFollow: { path: 'node_modules' },
    exclude: '\\.test\\.ts$',
  },
};
