/** The two wires between preload and main process. The app's own channels travel inside them. */
export const INVOKE_WIRE = 'vinculo:invoke';
export const PUBLISH_WIRE = 'vinculo:publish';
