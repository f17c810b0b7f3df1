//! State to screen: the only drawing.
