"""The progress board: learners × units, the path of one learner, how the class stands."""
