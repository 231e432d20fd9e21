"""Browsers officers have logged in with."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_browsers'
down_revision = '20261124_notices'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'known_browser',
        sa.Column('cookie_mac', sa.LargeBinary(), nullable=False),
        sa.Column('officer_id', sa.Uuid(), nullable=False),
        sa.Column('failures', sa.Integer(), nullable=False),
        sa.Column('locked_until', sa.DateTime(timezone=True), nullable=True),
        sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ['officer_id'], ['officer.id'], name=op.f('fk_known_browser_officer_id')
        ),
        sa.PrimaryKeyConstraint('cookie_mac', 'officer_id', name=op.f('pk_known_browser')),
    )
    op.create_index(
        op.f('ix_known_browser_expires_at'), 'known_browser', ['expires_at'], unique=False
    )


def downgrade() -> None:
    op.drop_table('known_browser')
