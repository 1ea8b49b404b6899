/** The reddish one among a chart's colours, for what failed. */
export const failedColour = 4;
