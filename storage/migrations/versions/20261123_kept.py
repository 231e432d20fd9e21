"""What officers wrote when their log-in had ended, sealed to them."""

import sqlalchemy as sa
from alembic import op

revision = '20261123_kept'
down_revision = '20261123_browsers'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        'kept_form',
        sa.Column('id', sa.LargeBinary(), nullable=False),
        sa.Column('officer_id', sa.Uuid(), nullable=False),
        sa.Column('kept_at', sa.DateTime(timezone=True), nullable=False),
        sa.Column('month', sa.Text(), nullable=False),
        sa.Column('enclosed', sa.LargeBinary(), nullable=False),
        sa.Column('sealed', sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ['officer_id'], ['officer.id'], name=op.f('fk_kept_form_officer_id')
        ),
        sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_form')),
    )
    op.create_index(op.f('ix_kept_form_officer_id'), 'kept_form', ['officer_id'], unique=False)


def downgrade() -> None:
    op.drop_table('kept_form')
